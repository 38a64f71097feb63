using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Completions;

/// <summary>
/// How what a program gave is compared with what it should have given. On the wire an object, or the name of a kind alone.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed record Checker
{
    /// <summary>What counts.</summary>
    public CheckerKind Kind { get; init; } = CheckerKind.Lines;

    /// <summary>Whether upper and lower case letters are the same.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Whether the order of lines (or of the elements of a result's outermost list) does not count.</summary>
    public bool Unordered { get; init; }

    /// <summary>By how much a number may differ from the expected one; 0 for not at all. A number within either tolerance will do.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>By which share of the expected number's absolute value a number may differ from it; 0 for not at all.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>The program that decides, for kind "program".</summary>
    public ProgramSource? Program { get; init; }

    /// <summary>What is wrong with it, by the path of the member that holds it.</summary>
    public IEnumerable<(string Member, string Error)> Errors(string path)
    {
        if (Kind == CheckerKind.Program != Program is not null)
        {
            yield return ($"{path}.program", Program is null ? "is required for kind 'program'" : "is for kind 'program' alone");
        }

        if (!(AbsoluteTolerance >= 0 && double.IsFinite(AbsoluteTolerance)))
        {
            yield return ($"{path}.absoluteTolerance", "must not be negative");
        }

        if (!(RelativeTolerance >= 0 && double.IsFinite(RelativeTolerance)))
        {
            yield return ($"{path}.relativeTolerance", "must not be negative");
        }

        if (Unordered && Kind is (CheckerKind.Exact or CheckerKind.Program))
        {
            yield return ($"{path}.unordered", "is for the kinds 'lines', 'tokens' and 'json'");
        }

        if ((AbsoluteTolerance > 0 || RelativeTolerance > 0) && Kind is (CheckerKind.Exact or CheckerKind.Program))
        {
            yield return ($"{path}.{(AbsoluteTolerance > 0 ? "absoluteTolerance" : "relativeTolerance")}", "is for the kinds 'lines', 'tokens' and 'json'");
        }

        foreach (var error in Program?.ErrorsOfJudge($"{path}.program") ?? [])
        {
            yield return error;
        }
    }

    private sealed class Converter : JsonConverter<Checker>
    {
        private static readonly string[] Names = [.. Enum.GetNames<CheckerKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

        public override Checker Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return new() { Kind = KindOf(LenientTextConverter.ReadText(ref reader)) };
            }

            try
            {
                return JsonSerializer.Deserialize<Form>(ref reader, options)!.ToChecker();
            }
            catch (JsonException exception)
            {
                // A nested deserialisation tells paths from its own root; ours continues the member's path in its message.
                var fault = JsonFault.From(exception);
                throw new JsonException($"{fault.Path} {fault.Message}".Trim());
            }
        }

        // Never by number, as an enumeration would also be read.
        private static CheckerKind KindOf(string name) =>
            Array.IndexOf(Names, name) is >= 0 and var kind
                ? (CheckerKind)kind
                : throw new JsonException($"'{Shown.Head(name, 40)}' is not a kind of checker; there are: {string.Join(", ", Names)}");

        public override void Write(Utf8JsonWriter writer, Checker value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, Form.Of(value), options);
    }

    private sealed record Form(
        CheckerKind Kind, bool IgnoreCase = false, bool Unordered = false, double AbsoluteTolerance = 0, double RelativeTolerance = 0, ProgramSource? Program = null)
    {
        public static Form Of(Checker checker) =>
            new(checker.Kind, checker.IgnoreCase, checker.Unordered, checker.AbsoluteTolerance, checker.RelativeTolerance, checker.Program);

        public Checker ToChecker() => new()
        {
            Kind = Kind,
            IgnoreCase = IgnoreCase,
            Unordered = Unordered,
            AbsoluteTolerance = AbsoluteTolerance,
            RelativeTolerance = RelativeTolerance,
            Program = Program,
        };
    }
}

/// <summary>What counts of an output.</summary>
public enum CheckerKind
{
    /// <summary>Every byte, or every character where case does not count.</summary>
    Exact,

    /// <summary>The lines; white space at the ends of lines and of the whole does not count.</summary>
    Lines,

    /// <summary>What stands between white space.</summary>
    Tokens,

    /// <summary>The JSON values: the order of members and white space do not count.</summary>
    Json,

    /// <summary>What a program of the task's says, which runs in a sandbox of its own.</summary>
    Program,
}
