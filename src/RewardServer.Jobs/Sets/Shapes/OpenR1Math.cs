namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>OpenR1-Math: problems of NuminaMath with <c>generations</c>. Of those that ask for a proof no answer can be checked.</summary>
internal sealed class OpenR1Math : ISetShape
{
    private static readonly Mathematics Answered = new();

    public string Name => "openr1-math";

    public string Description => "problem, answer, uuid, and question_type or problem_type (OpenR1-Math)";

    public bool Fits(Columns columns) => columns.Have("problem", "answer", "uuid") && (columns.Have("question_type") || columns.Have("problem_type"));

    public SetRow Read(Columns columns) => columns.TextOrNull("question_type") == "proof" || columns.TextOrNull("answer") == "proof"
        ? throw new RowException("asks for a proof, of which no answer can be checked")
        : Answered.Read(columns);
}
