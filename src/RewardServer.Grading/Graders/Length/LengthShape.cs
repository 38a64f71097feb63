namespace RewardServer.Grading.Graders.Length;

/// <summary>How the grader "length" makes a score of a length.</summary>
public enum LengthShape
{
    /// <summary>Along half a cosine between bounds: short right answers earn the most, short wrong ones the least.</summary>
    Cosine,

    /// <summary>Nothing is taken away but close to the limit and beyond it.</summary>
    Overlong,
}
