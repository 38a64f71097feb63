using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>GSM8K (Cobbe et al. 2021, arXiv:2110.14168): <c>question</c>, and <c>answer</c> with the way to it and the gold after <c>####</c>.</summary>
internal sealed class Gsm8k : ISetShape
{
    private const string Mark = "####";

    public string Name => "gsm8k";

    public string Description => "question, answer (with the gold after ####)";

    public bool Fits(Columns columns) =>
        columns.Have("question") && columns.Find("answer") is { ValueKind: JsonValueKind.String } answer && JsonTexts.Of(answer).Contains(Mark, StringComparison.Ordinal);

    public SetRow Read(Columns columns)
    {
        var answer = columns.Text("answer");
        var at = answer.LastIndexOf(Mark, StringComparison.Ordinal);
        var gold = at < 0 ? answer.Trim() : answer[(at + Mark.Length)..].Trim();
        return new(RowIds.Of(columns), columns.Text("question"), new MathTask(gold)) { Gold = $"{(at < 0 ? "" : answer[..at])}\n\\boxed{{{gold}}}" };
    }
}
