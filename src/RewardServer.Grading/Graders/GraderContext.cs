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
/// <param name="Earlier">The rubric's components before this one that look at items alone: those whose verdicts it can read.</param>
public sealed record GraderContext(ThinkTags Tags, GraderResources Resources, ImmutableArray<EarlierComponent> Earlier)
{
    /// <summary>Checks that an option names a component whose verdict can be read.</summary>
    /// <param name="component">The name that the option gives.</param>
    /// <param name="member">The option, for the message.</param>
    /// <returns>The name.</returns>
    /// <exception cref="JsonException">There is no such component before this one.</exception>
    public string NeedEarlier(string component, string member) => Need(component, member, "that looks at items alone", Earlier);

    /// <summary>Checks that an option names a component that runs programs, and tells how they ran.</summary>
    /// <inheritdoc cref="NeedEarlier"/>
    public string NeedRunner(string component, string member) => Need(component, member, "that runs programs", Earlier.Where(earlier => earlier.Grader.RunsPrograms));

    private static string Need(string component, string member, string which, IEnumerable<EarlierComponent> suitable)
    {
        var names = suitable.Select(earlier => earlier.Name).ToArray();
        return names.Contains(component, StringComparer.Ordinal) ? component : throw new JsonException(
            names.Length == 0
                ? $"'{component}' is no earlier component {which}: there is none before this one"
                : $"'{component}' is no earlier component {which}; there are: {string.Join(", ", names)}",
            $"$.{member}", null, null);
    }
}

/// <summary>A component of a rubric whose verdicts those after it can read.</summary>
/// <param name="Name">Its name in the rubric.</param>
/// <param name="Grader">What gives its verdicts.</param>
public sealed record EarlierComponent(string Name, IGrader Grader);

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
