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

        var first = new Finding(true, equations[0].Shown, judge.Fault(equations[0].Sides!));
        return equations.Count == 1 || (first.Broken.IsEmpty && equations.TrueForAll(equation => equation.Shown == first.Shown)) ? first : JudgeSteps(equations);
    }

    // After the steps may stand the expression that they come to.
    private Finding JudgeSteps(List<(string Shown, List<Expression>? Sides)> equations)
    {
        var steps = equations.Select(equation => equation.Sides!).ToList();
        var shown = string.Join(", ", equations.Select(step => step.Shown));
        if (judge.Fault(steps[^1]).IsEmpty && IsStepwise(steps[..^1]))
        {
            return new(true, equations[^1].Shown, []);
        }

        return ExpressionJudge.AreSteps(steps)
            ? new(true, shown, judge.FaultOfSteps(steps))
            : Finding.None("different expressions are given") with { IsHedged = true };
    }

    private bool IsStepwise(List<List<Expression>> steps) => ExpressionJudge.AreSteps(steps) && judge.FaultOfSteps(steps).IsEmpty;

    /// <inheritdoc/>
    public override IEnumerable<string> Blocks(string response)
    {
        foreach (var block in base.Blocks(response).Where(block => block.Any(char.IsAsciiDigit)))
        {
            var runs = block.Length > Reading.Blocks.Longest ? [] : ArithmeticRuns.Of(block).Where(IsOperating).ToList();
            // Of several expressions that are no steps the last is what the block comes to.
            var doubted = ReadWithDoubt(block).IsDoubted || Reading.Doubt.In(block) != Reading.DoubtKind.None;
            if (doubted || runs.Count < 2 || Read(block) is { IsAnswer: true, Broken.Length: 0 })
            {
                yield return block;
            }

            foreach (var run in doubted || block.Contains('\n') || runs.Count < 2 ? [] : runs.AsEnumerable().Reverse())
            {
                yield return Show(run);
            }
        }
    }

    private static bool IsOperating(List<Token> run) => run.Exists(token => token.Kind is TokenKind.Operation or TokenKind.Fraction or TokenKind.Foreign);

    // What stood apart stays apart: two numbers never become one.
    private static string Show(List<Token> run) => string.Concat(run.Take(ExpressionParser.MostTokens)
        .Select((token, i) => i > 0 && token.Kind == TokenKind.Number && run[i - 1].Kind == TokenKind.Number ? $" {token}" : $"{token}"));
}
