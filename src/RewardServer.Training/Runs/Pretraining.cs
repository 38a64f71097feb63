using System.Diagnostics;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>Makes a base model: a policy learns to go on with texts in which reasoning is present but unreliable.</summary>
/// <param name="policies">Who learns.</param>
/// <param name="optimizer">Its optimizer.</param>
/// <param name="recipe">The recipe; its <see cref="Recipe.Pretraining"/> is not null.</param>
/// <param name="problems">What the texts are about.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
public sealed class Pretraining(Replicas policies, AdamW optimizer, Recipe recipe, ProblemMix problems, PromptTemplate template, ITokenizer tokenizer)
{
    private const int MostTooLong = 1000;

    private readonly Policy policy = policies.Policy;
    private readonly OptimizationRecipe plan = recipe.Pretraining ?? throw new ArgumentException("the recipe has no pretraining", nameof(recipe));

    /// <summary>Takes a step: texts of as many tokens as the recipe says, each token learned from those before it.</summary>
    /// <param name="step">Which, from 1.</param>
    /// <param name="seconds">Seconds since the run began, asked at the end of the step.</param>
    /// <exception cref="NotFiniteException">The gradient is no number; no step was taken.</exception>
    public StepMetrics Step(int step, Func<double> seconds)
    {
        var started = Stopwatch.GetTimestamp();
        var texts = Texts(step);
        var loss = MeanLoss.Backward(policies, texts, plan.BatchTokens);
        var rate = plan.RateAt(step);
        var norm = optimizer.Step(rate, plan.WeightDecay, plan.Clip);
        return double.IsFinite(norm)
            ? new PolicyUpdate(loss, norm, texts.Sum(text => (long)text.Learned), 3 * texts.Sum(text => Flops.Forward(policy.Shape, text.Tokens.Length)))
                .Metrics(step, seconds(), rate, started, Phases.Pretraining)
            : throw NotFiniteException.Found(policy.Parameters, $"pretraining step {step}");
    }

    private List<TokenSequence> Texts(int step)
    {
        var random = Seeds.Random(recipe.Seed, Purpose.Texts, step);
        var texts = new List<TokenSequence>();
        for (var (tokens, tooLong) = (0, 0); ;)
        {
            var kind = problems.Draw(random);
            var problem = kind.Draw(Split.Pretraining, random);
            int[] text = [.. tokenizer.Encode(template.Of(problem.Question) + kind.Written(problem, random)), tokenizer.EndOfText];
            // What the policy cannot read whole is left out.
            if (text.Length > policy.Shape.MaxPositions)
            {
                if (++tooLong > MostTooLong)
                {
                    throw new PromptLengthException($"of the texts to pretrain on, {tooLong} in a row are longer than the {policy.Shape.MaxPositions} tokens that the policy can read");
                }

                continue;
            }

            tooLong = 0;
            tokens += text.Length;
            if (tokens > plan.BatchTokens && texts.Count > 0)
            {
                return texts;
            }

            // The first token of a text has nothing before it.
            texts.Add(new(text, 1));
        }
    }
}
