using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls;

/// <summary>The values of a <see cref="CallTest"/>, read.</summary>
internal static partial class CallTestValues
{
    /// <summary>The arguments, as one list.</summary>
    public static SequenceValue ArgumentList(this CallTest test) => new(SequenceKind.List, [.. test.Arguments.Select(Read)]);

    /// <summary>Each result that would do.</summary>
    public static ImmutableArray<Value> ExpectedResults(this CallTest test) => [.. Expected(test).Select(expected => Read(expected.Json))];

    /// <summary>What cannot be read or called, by the member at fault.</summary>
    public static IEnumerable<(string Member, string Error)> ValueErrors(CallTest test)
    {
        if (!FunctionName().IsMatch(test.Function))
        {
            yield return ("function", "must be a name, or two with a point between them");
        }

        var arguments = test.Arguments.IsDefault ? [] : test.Arguments.Select((json, index) => ($"arguments[{index}]", json));
        foreach (var (member, json) in arguments.Concat(Expected(test)))
        {
            if (ValueReader.Read(JsonMarshal.GetRawUtf8Value(json), out var error) is null)
            {
                yield return (member, error!);
            }
        }
    }

    private static IEnumerable<(string Member, JsonElement Json)> Expected(CallTest test) =>
        test.Result is { } result ? [("result", result)]
            : test.Accepted.IsDefault ? []
            : test.Accepted.Select((json, index) => ($"accepted[{index}]", json));

    private static Value Read(JsonElement json) =>
        ValueReader.Read(JsonMarshal.GetRawUtf8Value(json), out var error) ?? throw new InvalidOperationException($"A value of the test {error}; its errors were not looked at.");

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{Nd}_$]{0,99}(\.[\p{L}_$][\p{L}\p{Nd}_$]{0,99})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex FunctionName();
}
