using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Compatibility.Labels;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Compatibility.Roll;

/// <summary>
/// Makes a task of <c>reward_info</c>: <c>{"ground_truth": …}</c>, <c>{"case_type": …, "test_cases": …}</c>, as ROLL makes them of its data
/// sets' columns, or the data set's own <c>reward_ref_info</c>, which may be a task of ours.
/// </summary>
/// <param name="labels">Reads labels.</param>
internal sealed class RollLabels(LabelReading labels)
{
    private const string Cases = "test_cases";

    /// <summary>Reads the label.</summary>
    /// <param name="info">The member reward_info.</param>
    /// <param name="kind">What a plain gold is; math where silent.</param>
    /// <returns>The task; or why it cannot be judged, with the member at fault.</returns>
    public (GradingTask? Task, string? Error) Read(JsonElement? info, string? kind)
    {
        try
        {
            var (task, error) = Find(info, kind);
            return (task, error is { } found ? $"{(found.Path.Length == 0 ? "reward_info" : $"reward_info.{found.Path}")}: {found.Message}" : null);
        }
        catch (InvalidOperationException)
        {
            // What the framework throws for a text with half a character in it.
            return (null, "reward_info: has a text that is no Unicode");
        }
    }

    private (GradingTask? Task, (string Path, string Message)? Error) Find(JsonElement? info, string? kind)
    {
        if (info is not { ValueKind: JsonValueKind.Object } label)
        {
            return info is null ? (null, ("", "is required")) : labels.Read(info, kind);
        }

        if (label.TryGetProperty(Cases, out var cases) && IsGiven(cases))
        {
            return OfCases(label, cases);
        }

        return label.TryGetProperty("ground_truth", out var gold) && gold.ValueKind != JsonValueKind.Null ? JsonPaths.Below("ground_truth", labels.Read(gold, kind))
            : label.TryGetProperty("kind", out _) || InputOutputTests.Are(label) ? labels.Read(label)
            : (null, ("", "must have ground_truth, or test_cases with case_type, or be a task of /v1/grade"));
    }

    private static (GradingTask? Task, (string Path, string Message)? Error) OfCases(JsonElement label, JsonElement given)
    {
        if (JsonPaths.Parsed(given) is not { ValueKind: JsonValueKind.Array } cases)
        {
            return (null, (Cases, "must be an array, or a text of JSON that is one"));
        }

        var type = TextOf(label, "case_type") ?? "";
        if (type == "text")
        {
            return (null, ("case_type", "'text' is not judged here: its cases are programs that read the response"));
        }

        var tests = ImmutableArray.CreateBuilder<TestCase>();
        foreach (var one in cases.EnumerateArray())
        {
            if (TestOf(type, one) is not { } test)
            {
                var missing = type is "pytest" or "assert" or "check_based" ? "assert_code" : "stdin and expected_stdout";
                return (null, ($"{Cases}[{tests.Count}]", $"must have {missing}"));
            }

            tests.Add(test);
        }

        var task = new CodeTask(ForeignLanguages.OursFor(TextOf(label, "language") ?? "python"), tests.ToImmutable());
        return task.Errors().FirstOrDefault() is { Member: { } member, Error: var error } ? (null, (member, error)) : (task, null);
    }

    private static TestCase? TestOf(string type, JsonElement one)
    {
        var code = one.ValueKind == JsonValueKind.String ? one.GetString() : TextOf(one, "assert_code");
        return type switch
        {
            // Bare assertions hold no test that pytest would find.
            "pytest" or "assert" => code is null ? null
                : new CheckTest(code, Style: code.Contains("def test_", StringComparison.Ordinal) ? CheckStyle.Pytest : CheckStyle.Script),
            "check_based" => code is null ? null : new CheckTest(code, TextOf(one, "import_prefix"), EntryPoint: TextOf(one, "entry_point") ?? "candidate"),
            _ => TextOf(one, "expected_stdout") is { } stdout ? new StdioTest(TextOf(one, "stdin") ?? "", AcceptedTexts.FromText(stdout)) : null,
        };
    }

    private static string? TextOf(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Columns that a row does not use are empty texts.
    private static bool IsGiven(JsonElement cases) => cases.ValueKind == JsonValueKind.String ? cases.GetString()!.Length > 0 : cases.ValueKind != JsonValueKind.Null;
}
