using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Number;

/// <summary>Scores 1 where the answer is the gold's number, or one of theirs, exactly or within a tolerance, else 0; skipped where no gold can be read.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
/// <param name="options">The rubric's tolerances, and whether a unit must be given.</param>
internal sealed class NumberGrader(ThinkTags tags, AnswerPlaces places, NumberOptions options)
{
    private const string Percent = "%";

    private static readonly Regex Or = new(
        @"\b(or|oder|ou|или)\b|或者?|[;|]|, ", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    private readonly AnswerSearch search = new(tags, places, whole: false);

    /// <summary>Grades one item.</summary>
    public Verdict Grade(Item item, NumberTask task)
    {
        var golds = task.Golds.Select(gold => Gold.Read(gold, task.Unit)).OfType<Gold>().ToImmutableArray();
        if (golds.IsEmpty)
        {
            return Verdict.Skipped($"the gold answer is no number of at most {ExactNumber.MostDigits} digits (task.{(task.Answers is null ? "answer" : "answers")})");
        }

        if (search.Find(item) is not { } answer)
        {
            return search.None(item) with { Details = AnswerDetails.Of(null, null, null, golds.Select(gold => gold.ToString())) };
        }

        var reading = NumberReader.Read(answer.Text, out var overBudget);
        var fault = reading is { } number ? Fault(number, golds, task) : overBudget ? $"the answer has over {ExactNumber.MostDigits} digits" : "the answer is no number";
        return Verdict.Scored(fault is null ? 1 : 0, fault ?? "the answer is the number") with
        {
            Details = AnswerDetails.Of(answer.Text, answer.Source, reading is { } read ? Shown(read) : null, golds.Select(gold => gold.ToString())),
            Signals = Signals(answer, reading is null, overBudget),
        };
    }

    private string? Fault(NumberReading number, ImmutableArray<Gold> golds, NumberTask task)
    {
        string? fault = null;
        foreach (var gold in golds)
        {
            var unit = number.IsPercent ? Percent : number.Unit;
            if (unit.Length == 0 ? options.StrictUnits && gold.Unit.Length > 0 : gold.Unit.Length == 0 ? !number.IsPercent && (options.StrictUnits || UnitName.IsShare(unit)) : unit != gold.Unit)
            {
                fault ??= unit.Length == 0 ? $"the answer lacks the unit {gold.Unit}" : gold.Unit.Length == 0 ? "the answer has a unit" : $"the answer's unit is not {gold.Unit}";
            }
            else if (ValueOf(number, gold).IsWithin(gold.Value, task.RelativeTolerance ?? options.RelativeTolerance, task.AbsoluteTolerance ?? options.AbsoluteTolerance))
            {
                return null;
            }
            else
            {
                fault = "the answer is another number";
            }
        }

        return fault;
    }

    // A percentage is hundredths, but where the gold is one, too.
    private static ExactNumber ValueOf(NumberReading number, Gold gold) =>
        number.IsPercent && gold.Unit != Percent ? number.Value.TimesPowerOfTen(-2) : number.Value;

    private static string Shown(NumberReading number) => $"{number.Value}{(number.IsPercent ? Percent : number.Unit.Length > 0 ? $" {number.Unit}" : "")}";

    private static ImmutableArray<string> Signals(FinalAnswer answer, bool unread, bool overBudget)
    {
        var pieces = unread && !overBudget ? Or.Split(answer.Text) : [];
        var hedged = pieces.Length is > 1 and < 20 && pieces.Count(piece => NumberReader.Read(piece, out _) is not null) > 1;
        return
        [
            .. hedged ? [Signal.HedgedAnswer] : Array.Empty<string>(),
            .. overBudget ? [Signal.Budget] : Array.Empty<string>(),
            .. answer.Distinct > 1 ? [Signal.SeveralAnswerBlocks] : Array.Empty<string>(),
        ];
    }

    /// <summary>A gold that could be read.</summary>
    private sealed record Gold(ExactNumber Value, string Unit)
    {
        // Of "50%" without a unit the value is a half, and of 50 with the unit "%" it is 50.
        public static Gold? Read(string text, string? unit)
        {
            if (NumberReader.Read(text, out _) is not { } number)
            {
                return null;
            }

            var named = unit is null ? number.Unit : UnitName.Of(NumberText.Unit(unit));
            return new(number.IsPercent && named != Percent ? number.Value.TimesPowerOfTen(-2) : number.Value, named);
        }

        public override string ToString() => Unit.Length > 0 ? $"{Value} {Unit}" : Value.ToString();
    }
}

/// <summary>How strictly numbers are compared, where their task is silent.</summary>
/// <param name="RelativeTolerance">The share of the gold's absolute value by which an answer may differ.</param>
/// <param name="AbsoluteTolerance">By how much it may differ.</param>
/// <param name="StrictUnits">Whether a unit that the gold has must be given, and one that it has not must not.</param>
internal sealed record NumberOptions(double RelativeTolerance, double AbsoluteTolerance, bool StrictUnits);
