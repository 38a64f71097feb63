using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Reading;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Compares a predicted answer with a gold one as mathematics.</summary>
public static class MathVerifier
{
    /// <summary>
    /// Compares two bare answers (LaTeX or plain text, already extracted from their responses).
    /// Never throws; a budget of steps, never a clock, bounds its work, so that the verdict is the same on every machine.
    /// </summary>
    /// <param name="gold">The right answer, as the task gives it.</param>
    /// <param name="prediction">The candidate's answer.</param>
    public static MathVerdict Verify(string gold, string prediction) => Verify(gold, prediction, MathOptions.Default);

    /// <inheritdoc cref="Verify(string, string)"/>
    /// <param name="gold">The right answer, as the task gives it.</param>
    /// <param name="prediction">The candidate's answer.</param>
    /// <param name="options">How strict to be.</param>
    public static MathVerdict Verify(string gold, string prediction, MathOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var expected = Prepare(gold);
        if (expected.Failure is { } fault)
        {
            // Without a gold that can be judged against, even an identical text is not known to be right.
            return new(null, expected.FailureStage, $"the gold answer has no value: {fault}", expected.Form, null, []);
        }

        var given = Prepare(prediction);
        return given.Failure is { } failure
            ? new(false, given.FailureStage, $"the prediction has no value: {failure}", expected.Form, given.Form, Signals(hedged: false, given.OverBudget))
            : Compare(expected, given, options);
    }

    private static MathVerdict Compare(Prepared gold, Prepared prediction, MathOptions options)
    {
        if (options.FinalValue && FinalForm.LeavesUndone(prediction.Written!, gold.Written!))
        {
            return new(false, Stage.Reading, "the prediction holds an operation that is still to be carried out", gold.Form, prediction.Form, []);
        }

        var budget = new Budget(Limits.Steps);
        var comparison = new AnswerComparison(budget, options);
        var equal = comparison.AreEqual(gold.Answer!, prediction.Answer!);
        if (budget.Exhausted)
        {
            return new(false, Stage.Undecided, "the comparison was cut off by its budget of steps", gold.Form, prediction.Form, Signals(hedged: false, budget: true));
        }

        var hedged = !equal && comparison.Hedged;
        var byNumber = equal ? comparison.Scalars.Agreement ?? (budget.RestsOnValues ? $"numbers in both agree to {NumericComparison.Digits} digits" : null) : hedged ? null : comparison.Scalars.Disagreement;
        var stage = comparison.ByText ? Stage.Text : byNumber is not null ? Stage.Numeric
            : comparison.Scalars.Proof is null && (Formulas.AreIn(gold.Answer) || Formulas.AreIn(prediction.Answer)) ? Stage.Symbolic : Stage.Exact;
        return new(equal, stage, stage == Stage.Numeric ? byNumber! : Reason(equal, hedged, stage, comparison.Scalars.Proof), gold.Form, prediction.Form, Signals(hedged, budget: false));
    }

    private static string Reason(bool equal, bool hedged, Stage stage, string? proof) => (equal, hedged, stage) switch
    {
        (true, _, Stage.Text) => "both are the same words",
        (true, _, _) => proof ?? "both have the same canonical form",
        (_, true, _) => "the prediction offers several different answers",
        (_, _, Stage.Text) => "the words differ",
        _ => "the canonical forms differ",
    };

    private static string[] Signals(bool hedged, bool budget) => hedged ? ["hedged-answer"] : budget ? ["budget"] : [];

    private static Prepared Prepare(string text)
    {
        var reading = AnswerReader.Read(text ?? string.Empty);
        if (reading.Expression is not { } expression)
        {
            return new(null, null, reading.Failure, reading.OverBudget);
        }

        var form = new MathForm(Printer.Latex(expression), Printer.Plain(expression));
        var budget = new Budget(Limits.Steps);
        var builder = new AnswerBuilder(budget);
        var answer = builder.Build(expression);
        return budget.Exhausted ? new(null, form, "it is over the budget of steps or size", OverBudget: true)
            : builder.Undefined is { } reason ? new(null, form, reason, OverBudget: false)
            : new(answer, form, null, OverBudget: false) { Written = expression };
    }

    /// <summary>A text read and brought to its canonical form, or why that failed.</summary>
    private sealed record Prepared(Answer? Answer, MathForm? Form, string? Failure, bool OverBudget)
    {
        /// <summary>The answer as it was written.</summary>
        public Expression? Written { get; init; }

        public Stage FailureStage => OverBudget ? Stage.Undecided : Stage.Reading;
    }
}
