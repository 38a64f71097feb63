namespace RewardServer.Training.Problems;

/// <summary>A kind of problem that has no right answer, but better and worse ones: what a reward model learns from, and DPO on given pairs.</summary>
public interface IPreferenceKind : IProblemKind
{
    /// <summary>A better and a worse completion of a problem of the kind, as one who has read both would have them; the same random numbers give the same pair.</summary>
    /// <param name="problem">A problem that this kind gave.</param>
    /// <param name="random">What draws the pair.</param>
    /// <returns>Both with their thinking, in the tags of R1-Zero's template, the opening one included.</returns>
    TextPair Pair(Problem problem, Random random);
}

/// <summary>Two completions of one problem.</summary>
/// <param name="Better">The one that is preferred.</param>
/// <param name="Worse">The other.</param>
public sealed record TextPair(string Better, string Worse);
