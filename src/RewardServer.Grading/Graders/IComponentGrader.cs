namespace RewardServer.Grading.Graders;

/// <summary>What a rubric knows of every grader that it has made, whether it grades an item alone or within its group.</summary>
public interface IComponentGrader
{
    /// <summary>The lowest and the highest score that it gives with its options.</summary>
    ScoreRange Range => ScoreRange.Unit;

    /// <summary>What it scores with its options, as a sentence for the owner of a rubric; null where its kind's description says it all.</summary>
    string? Explanation => null;

    /// <summary>Whether it mostly waits for another machine, so that many items can be graded at once on few cores.</summary>
    bool WaitsElsewhere => false;
}
