using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>A transform that rubrics can name: what it gives, and how one is made.</summary>
public sealed class TransformKind
{
    private readonly Func<TransformContext, JsonElement, IGroupTransform> create;

    private TransformKind(string name, string description, Func<TransformContext, JsonElement, IGroupTransform> create) =>
        (Name, Description, this.create) = (name, description, create);

    /// <summary>Its name in rubrics.</summary>
    public string Name { get; }

    /// <summary>What it gives, in a sentence.</summary>
    public string Description { get; }

    /// <summary>A kind of transform with its own options.</summary>
    /// <typeparam name="TOptions">The options, as they are written in a rubric; all of them optional.</typeparam>
    public static TransformKind Of<TOptions>(string name, string description, Func<TransformContext, TOptions, IGroupTransform> create) =>
        new(name, description, (context, options) => create(context, options.Deserialize<TOptions>(ItemJson.Options)!));

    /// <summary>Makes a transform.</summary>
    /// <param name="context">What the rubric gives to every transform.</param>
    /// <param name="options">An object with the transform's options.</param>
    /// <exception cref="JsonException">The options are not what the transform takes.</exception>
    public IGroupTransform Create(TransformContext context, JsonElement options) => create(context, options);
}

/// <summary>What the rubric gives to every transform.</summary>
/// <param name="Components">The names of the rubric's components.</param>
public sealed record TransformContext(ImmutableArray<string> Components)
{
    /// <summary>Checks that an option names a component of the rubric.</summary>
    /// <param name="component">The name that the option gives.</param>
    /// <param name="member">The option, for the message.</param>
    /// <returns>The name.</returns>
    /// <exception cref="JsonException">There is no such component.</exception>
    public string Need(string component, string member) => Components.Contains(component)
        ? component
        : throw new JsonException($"'{component}' is no component; there are: {string.Join(", ", Components)}", $"$.{member}", null, null);
}
