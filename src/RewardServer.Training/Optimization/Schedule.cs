using RewardServer.Training.Recipes;

namespace RewardServer.Training.Optimization;

/// <summary>The learning rate of each step: up in a straight line, then as the recipe says.</summary>
public static class Schedule
{
    /// <summary>The rate of a step.</summary>
    /// <param name="plan">What the recipe says; half a cosine is that of Loshchilov and Hutter 2017, equation 5.</param>
    /// <param name="step">Which, from 1.</param>
    public static double RateAt(this OptimizationRecipe plan, int step)
    {
        if (step <= plan.Warmup)
        {
            return plan.LearningRate * step / plan.Warmup;
        }

        var done = Math.Clamp((double)(step - plan.Warmup) / Math.Max(1, plan.Steps - plan.Warmup), 0, 1);
        return plan.LearningRate * plan.Decay switch
        {
            Decay.Linear => 1 - (1 - plan.FinalShare) * done,
            Decay.Cosine => plan.FinalShare + (1 - plan.FinalShare) * (1 + Math.Cos(Math.PI * done)) / 2,
            _ => 1,
        };
    }
}
