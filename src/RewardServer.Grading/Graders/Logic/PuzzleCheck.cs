namespace RewardServer.Grading.Graders.Logic;

/// <summary>One puzzle's reading of answers, and its check. What a candidate writes never makes it throw.</summary>
internal abstract class PuzzleCheck
{
    /// <summary>Why no answer can be right; null where one can, or where a bounded search cannot tell.</summary>
    public abstract string? Unsolvable();

    /// <summary>Reads a text that as a whole is meant to be the answer, and checks it.</summary>
    public abstract Finding Read(string text);

    /// <summary>The parts of a response that may be its answer where nothing marks one, the one that is to decide first.</summary>
    public virtual IEnumerable<string> Blocks(string response) => Reading.Blocks.LastFirst(response);

    /// <summary>The response with what the reading of marks would take out of it put into words.</summary>
    public virtual string Prepare(string response) => response;
}
