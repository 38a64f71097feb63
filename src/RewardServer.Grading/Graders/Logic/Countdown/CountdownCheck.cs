using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>Countdown and the game of 24: an expression of the numbers, each once at most, that makes the target; or the steps to it.</summary>
internal sealed class CountdownCheck(CountdownPuzzle puzzle) : PuzzleCheck
{
    private readonly ExpressionJudge judge = new(puzzle);

    /// <inheritdoc/>
    public override string? Unsolvable() => CountdownSearch.CanReach(puzzle) == false ? "the puzzle has no solution" : null;

    /// <inheritdoc/>
    public override Finding Read(string text)
    {
        var all = ArithmeticRuns.Of(text);
        var operating = all.Where(IsOperating).ToList();
        // A number alone is an expression, too, where nothing else is; "3 apples and 4" is none.
        var runs = operating.Count > 0 ? operating : all.Count == 1 ? all : [];
        if (runs.Count is 0 or > ExpressionJudge.MostSteps)
        {
            return Finding.None(runs.Count == 0 ? "no expression can be read" : "there are too many expressions to read");
        }

        var equations = runs.Select(run => (Shown: Show(run), Sides: ExpressionParser.Sides(run))).ToList();
        if (equations.FirstOrDefault(equation => equation.Sides is null) is { Shown: { } unread })
        {
            return Finding.None($"'{Shown.Head(unread, 80)}' is no expression of whole numbers and + - * / alone");
        }

        var distinct = equations.DistinctBy(equation => equation.Shown).ToList();
        return distinct.Count == 1 && !(equations.Count > 1 && ExpressionJudge.AreSteps([distinct[0].Sides!]) && judge.Fault(distinct[0].Sides!).Length > 0)
            ? new(true, distinct[0].Shown, judge.Fault(distinct[0].Sides!))
            : JudgeSteps(equations);
    }

    private Finding JudgeSteps(List<(string Shown, List<Expression>? Sides)> steps)
    {
        var shown = string.Join(", ", steps.Select(step => step.Shown));
        return ExpressionJudge.AreSteps(steps.Select(step => step.Sides!))
            ? new(true, shown, judge.FaultOfSteps(steps.Select(step => step.Sides!)))
            : Finding.None("different expressions are given") with { IsHedged = true };
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Blocks(string response)
    {
        foreach (var block in base.Blocks(response).Where(block => block.Any(char.IsAsciiDigit)))
        {
            yield return block;
            // Of several expressions on one line the last is what it comes to.
            foreach (var run in block.Contains('\n') ? [] : ArithmeticRuns.Of(block).Where(IsOperating).Reverse())
            {
                yield return Show(run);
            }
        }
    }

    private static bool IsOperating(List<Token> run) => run.Exists(token => token.Kind is TokenKind.Operation or TokenKind.Fraction or TokenKind.Foreign);

    private static string Show(List<Token> run) => string.Concat(run.Take(ExpressionParser.MostTokens));
}
