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

    /// <summary>A step is done. An evaluation that was made after it is in its metrics, and need not be told by itself.</summary>
    void Stepped(StepMetrics metrics);

    /// <summary>Held-out problems were tried, outside of any step: before the first, or after the last.</summary>
    /// <param name="phase">What kind of step it stands beside: <c>pretraining</c> or <c>reinforcement</c>.</param>
    /// <param name="afterStep">After which step of the phase; 0 for before the first.</param>
    /// <param name="evaluation">What was found.</param>
    void Evaluated(string phase, int afterStep, EvaluationMetrics evaluation);

    /// <summary>Something that a person should know, such as a checkpoint that was written.</summary>
    void Message(string text);
}
