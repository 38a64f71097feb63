using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Training.Problems;

/// <summary>A kind of problem that recipes can name: what it asks, and how one is made.</summary>
public sealed class ProblemKind
{
    private readonly Func<JsonElement, (IProblemKind?, ImmutableArray<ProblemError>)> make;

    private ProblemKind(string name, string description, Type options, Func<JsonElement, (IProblemKind?, ImmutableArray<ProblemError>)> make) =>
        (Name, Description, Options, this.make) = (name, description, options, make);

    /// <summary>Its name in recipes.</summary>
    public string Name { get; }

    /// <summary>What it asks, in a sentence.</summary>
    public string Description { get; }

    /// <summary>The record of its options.</summary>
    public Type Options { get; }

    /// <summary>Makes one, or says all that is wrong with its options.</summary>
    /// <param name="options">An object with the options; those that are silent have their defaults.</param>
    /// <returns>The kind, or null with at least one error.</returns>
    public (IProblemKind? Kind, ImmutableArray<ProblemError> Errors) Make(JsonElement options) => make(options);

    /// <summary>A kind with its own options.</summary>
    internal static ProblemKind Of<TOptions>(string name, string description, Func<TOptions, IProblemKind> make)
        where TOptions : class, IProblemOptions => Of<TOptions>(name, description, options => (make(options), []));

    /// <summary>A kind with its own options, which finds out only on being made what is wrong with them.</summary>
    internal static ProblemKind Of<TOptions>(string name, string description, Func<TOptions, (IProblemKind?, ImmutableArray<ProblemError>)> make)
        where TOptions : class, IProblemOptions => new(name, description, typeof(TOptions), json =>
    {
        try
        {
            if (json.Deserialize<TOptions>(ItemJson.Options) is not { } options)
            {
                return (null, [new("", "must be an object")]);
            }

            var errors = options.Errors().Select(error => new ProblemError(error.Member, error.Error)).ToImmutableArray();
            return errors.IsEmpty ? make(options) : (null, errors);
        }
        catch (JsonException exception)
        {
            var fault = JsonFault.From(exception);
            return (null, [new(fault.Path, fault.Message)]);
        }
    });
}

/// <summary>One thing that is wrong with the options of a kind of problem.</summary>
/// <param name="Path">The member at fault, such as <c>texts.careful</c>; empty for the whole.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record ProblemError(string Path, string Message);
