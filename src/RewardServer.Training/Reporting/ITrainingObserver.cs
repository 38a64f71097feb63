using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Reporting;

/// <summary>Who looks on while a policy is trained. Called from the loop's thread, in order; what it does, the loop waits for.</summary>
public interface ITrainingObserver
{
    /// <summary>The run begins, or goes on after it was broken off.</summary>
    /// <param name="recipe">What it is made from.</param>
    /// <param name="shape">The measures of its policy.</param>
    void Started(Recipe recipe, PolicyShape shape);

    /// <summary>A step is done. An evaluation that was made after it is in its metrics; one before the first step, in those of a step 0.</summary>
    void Stepped(StepMetrics metrics);

    /// <summary>A stage of a staged recipe has ended, now or when the run was here before.</summary>
    void StageEnded(StageSteps stage)
    {
    }

    /// <summary>Something that a person should know, such as a checkpoint that was written.</summary>
    void Message(string text);
}
