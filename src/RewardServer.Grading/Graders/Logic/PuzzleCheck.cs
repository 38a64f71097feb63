using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>One puzzle's reading of answers, and its check. What a candidate writes never makes it throw.</summary>
internal abstract class PuzzleCheck
{
    /// <summary>Why no answer can be right; null where one can, or where a bounded search cannot tell.</summary>
    public abstract string? Unsolvable();

    /// <summary>Reads a text that as a whole is meant to be the answer, and checks it.</summary>
    public abstract Finding Read(string text);

    /// <summary>Reads a text as <see cref="Read"/> does; words in it that hedge or deny what was read make it no answer.</summary>
    public Finding ReadWithDoubt(string text)
    {
        var finding = Read(text);
        return !finding.IsAnswer || finding.IsHedged ? finding : Remarks(text) is { } remarks ? Doubt.In(remarks) switch
        {
            DoubtKind.Hedge => Finding.None("the answer leaves a choice") with { IsDoubted = true, IsHedged = true },
            DoubtKind.Denial => Finding.None("it says what is not so") with { IsDoubted = true },
            _ => finding,
        } : finding;
    }

    /// <summary>The text in which words can hedge or deny the answer; null where <see cref="Read"/> itself sees to them.</summary>
    protected virtual string? Remarks(string text) => text;

    /// <summary>The parts of a response that may be its answer where nothing marks one, the one that is to decide first.</summary>
    public virtual IEnumerable<string> Blocks(string response) => Reading.Blocks.LastFirst(response);

    /// <summary>The response with what the reading of marks would take out of it put into words.</summary>
    public virtual string Prepare(string response) => response;
}
