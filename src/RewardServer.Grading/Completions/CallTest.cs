using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Graders.Code.TestRuns.Calls;

namespace RewardServer.Grading.Completions;

/// <summary>A function of the candidate's is called with arguments, and must return a result or raise an exception.</summary>
/// <param name="Function">
/// Its name: a global function, or a method of <c>class Solution</c> (LeetCode's form); "Name.method" for another class's.
/// </param>
/// <param name="Arguments">The arguments, in order, as JSON; what JSON does not have is written {"$tuple": […]} and the like (docs/code.md).</param>
/// <param name="Result">What it must return; silent where <see cref="Accepted"/> or <see cref="Raises"/> says it.</param>
public sealed record CallTest(
    string Function,
    ImmutableArray<JsonElement> Arguments,
    [property: JsonConverter(typeof(GivenJsonConverter)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Result = null) : TestCase
{
    /// <summary>Several results of which any will do.</summary>
    public ImmutableArray<JsonElement> Accepted { get; init; } = [];

    /// <summary>The exception that it must raise, by its type's name; a subclass of it will do.</summary>
    public string? Raises { get; init; }

    /// <summary>How results are compared, where their being equal is not what is asked.</summary>
    public Checker? Checker { get; init; }

    /// <summary>How strictly types are compared.</summary>
    public TypeRule Types { get; init; } = TypeRule.Strict;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "call";

    /// <inheritdoc/>
    [JsonIgnore]
    public override long InputBytes => Arguments.IsDefault ? 0 : Arguments.Sum(argument => Bytes(argument.GetRawText()));

    internal override string InputText => string.Join(", ", Arguments.Select(argument => argument.GetRawText()));

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        foreach (var error in base.Errors().Concat(Checker?.Errors("checker") ?? []).Concat(CallTestValues.ValueErrors(this)))
        {
            yield return error;
        }

        var given = (Result is null ? 0 : 1) + (Accepted.IsDefaultOrEmpty ? 0 : 1) + (Raises is null ? 0 : 1);
        if (given > 1 || (given == 0 && Checker?.Program is null))
        {
            yield return ("result", "must be given, or else accepted or raises: one of the three");
        }
    }
}

/// <summary>How strictly the types of results are compared.</summary>
public enum TypeRule
{
    /// <summary>A tuple is no list, 1 is neither 1.0 nor true.</summary>
    Strict,

    /// <summary>As JSON has them: a tuple is a list, 1 is 1.0; a set has no form of its own.</summary>
    Json,
}
