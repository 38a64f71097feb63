using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders;

/// <summary>A grader that rubrics can name: what it is for, and how one is made.</summary>
public sealed class GraderKind
{
    private readonly Func<GraderContext, JsonElement, IGrader> create;

    private GraderKind(string name, string description, Func<GraderContext, JsonElement, IGrader> create) =>
        (Name, Description, this.create) = (name, description, create);

    /// <summary>Its name in rubrics.</summary>
    public string Name { get; }

    /// <summary>What it scores, in a sentence.</summary>
    public string Description { get; }

    /// <summary>A kind of grader with its own options.</summary>
    /// <typeparam name="TOptions">The options, as they are written in a rubric; all of them optional.</typeparam>
    public static GraderKind Of<TOptions>(string name, string description, Func<GraderContext, TOptions, IGrader> create) =>
        new(name, description, (context, options) => create(context, options.Deserialize<TOptions>(ItemJson.Options)!));

    /// <summary>Makes a grader.</summary>
    /// <param name="context">What the rubric and the server give to every grader.</param>
    /// <param name="options">An object with the grader's options.</param>
    /// <exception cref="JsonException">The options are not what the grader takes.</exception>
    public IGrader Create(GraderContext context, JsonElement options) => create(context, options);
}

/// <summary>What the rubric and the server give to every grader.</summary>
/// <param name="Tags">The tags of the rubric.</param>
/// <param name="Sandbox">Where programs run.</param>
/// <param name="Generated">What makes and keeps generated tests, for all rubrics of the server.</param>
public sealed record GraderContext(ThinkTags Tags, SandboxPool Sandbox, GeneratedTestStore Generated)
{
    /// <summary>The judges that the server's owner has named.</summary>
    public JudgeSet Judges { get; init; } = JudgeSet.None;
}
