namespace RewardServer.Grading.Graders.Code.Parsing;

/// <summary>Whether a text is a whole program, as far as that is told without running it.</summary>
public enum Completeness
{
    /// <summary>It parses; where its language is compiled, it compiles.</summary>
    Complete,

    /// <summary>It ends in the middle: all that is wrong with it is that it does not go on.</summary>
    Truncated,

    /// <summary>It is wrong before its end, or cannot be read within the limits of its compiler.</summary>
    Malformed,

    /// <summary>Its language tells only when the program runs; or nothing is known for a fault of ours.</summary>
    Unknown,
}
