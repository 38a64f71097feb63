using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders;

/// <summary>A grader that rubrics can name: what it is for, and how one is made.</summary>
public sealed class GraderKind
{
    private readonly Func<GraderContext, JsonElement, IComponentGrader> create;

    private GraderKind(string name, string description, Func<GraderContext, JsonElement, IComponentGrader> create) =>
        (Name, Description, this.create) = (name, description, create);

    /// <summary>Its name in rubrics.</summary>
    public string Name { get; }

    /// <summary>What it scores, in a sentence.</summary>
    public string Description { get; }

    /// <summary>The weight of a component whose definition is silent: 1, or 0 for a metric, which is reported and decides nothing.</summary>
    public double DefaultWeight { get; private init; } = 1;

    /// <summary>A kind of grader with its own options.</summary>
    /// <typeparam name="TOptions">The options, as they are written in a rubric; all of them optional.</typeparam>
    public static GraderKind Of<TOptions>(
        string name, string description, Func<GraderContext, TOptions, IComponentGrader> create, double defaultWeight = 1) =>
        new(name, description, (context, options) => create(context, options.Deserialize<TOptions>(ItemJson.Options)!)) { DefaultWeight = defaultWeight };

    /// <summary>Makes a grader: an <see cref="IGrader"/> or an <see cref="IGroupGrader"/>.</summary>
    /// <param name="context">What the rubric and the server give to every grader.</param>
    /// <param name="options">An object with the grader's options.</param>
    /// <exception cref="JsonException">The options are not what the grader takes.</exception>
    public IComponentGrader Create(GraderContext context, JsonElement options) => create(context, options);
}
