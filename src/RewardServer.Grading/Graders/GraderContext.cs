using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Grading.Graders.Efficiency;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders;

/// <summary>What the rubric and the server give to every grader.</summary>
/// <param name="Tags">The tags of the rubric.</param>
/// <param name="Resources">What all graders of the server share.</param>
/// <param name="Earlier">The names of the rubric's components before this one that look at items alone: those whose verdicts it can read.</param>
public sealed record GraderContext(ThinkTags Tags, GraderResources Resources, ImmutableArray<string> Earlier)
{
    /// <summary>Checks that an option names a component whose verdict can be read.</summary>
    /// <param name="component">The name that the option gives.</param>
    /// <param name="member">The option, for the message.</param>
    /// <returns>The name.</returns>
    /// <exception cref="JsonException">There is no such component before this one.</exception>
    public string NeedEarlier(string component, string member) => Earlier.Contains(component)
        ? component
        : throw new JsonException(
            Earlier.IsEmpty
                ? $"'{component}' is no earlier component: put this one after it"
                : $"'{component}' is no earlier component that looks at items alone; there are: {string.Join(", ", Earlier)}",
            $"$.{member}", null, null);
}

/// <summary>What all graders of the server share.</summary>
/// <param name="Sandbox">Where programs run.</param>
public sealed record GraderResources(SandboxPool Sandbox)
{
    /// <summary>What makes and keeps generated tests.</summary>
    public GeneratedTestStore Generated { get; } = new(Sandbox);

    /// <summary>The scripts of the server's configuration.</summary>
    public ScriptSet Scripts { get; init; } = ScriptSet.None;

    /// <summary>The judges that the server's owner has named.</summary>
    public JudgeSet Judges { get; init; } = JudgeSet.None;

    /// <summary>What programs are compared with for their speed.</summary>
    internal Yardsticks Yardsticks { get; } = new(Sandbox);

    /// <summary>What does equal work once.</summary>
    public Deduplication Deduplication { get; init; } = new(Deduplication.DefaultBytes);
}
