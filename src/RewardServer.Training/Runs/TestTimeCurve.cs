using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Voting;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Runs;

/// <summary>
/// What a policy's answers come to where each may be longer, and where the most frequent of several is taken: one set of answers tells of all budgets and votes, for an answer that is cut
/// off begins as it would have gone on, and a vote of a few is a draw of all (<see cref="MajorityAtK"/>).
/// </summary>
internal static class TestTimeCurve
{
    /// <summary>The points, by rising budgets, and for each by rising votes.</summary>
    /// <param name="recipe">What is tried.</param>
    /// <param name="shape">The policy's.</param>
    /// <param name="problems">The answers to each problem, as many as there are votes at most.</param>
    public static ImmutableArray<TestTimePoint> Of(TestTimeRecipe recipe, PolicyShape shape, HeldOutAnswer[][] problems) =>
    [
        .. from told in new[] { Told(problems) }
           from budget in recipe.Budgets
           let voted = problems.Select(answers => new Votes(answers, budget, told)).Where(votes => votes.Count > 0).ToArray()
           from votes in recipe.Votes
           let answers = problems.SelectMany(problem => problem).ToArray()
           select new TestTimePoint(
               budget,
               votes,
               votes * answers.Average(answer => (double)answer.Tokens(budget)),
               votes * answers.Average(answer => Flops.Forward(shape, answer.Rollout.Prompt.Length + answer.Tokens(budget))),
               voted.Where(problem => problem.Count >= votes && (votes == 1 || problem.CanBeVotedOn)).GroupBy(problem => problem.Kind, problem => problem.ShareAt(votes))
                   .ToImmutableSortedDictionary(share => share.Key, share => share.Average())),
    ];

    // The kinds of whose answers it is told what they are: where what judges tells none, wrong ones would have no votes.
    private static HashSet<string> Told(HeldOutAnswer[][] problems) =>
        [.. problems.SelectMany(answers => answers).Where(answer => answer.Reward.Answer is not null).Select(answer => answer.Problem.Kind)];

    /// <summary>The answers to one problem within a budget, those that could be judged.</summary>
    private sealed class Votes
    {
        private readonly int right;
        private readonly int[] wrong;
        private readonly int silent;

        public Votes(HeldOutAnswer[] answers, int budget, HashSet<string> told)
        {
            var judged = answers.Where(answer => answer.Reward.Value is not null).ToArray();
            (Kind, Count, CanBeVotedOn) = (answers[0].Problem.Kind, judged.Length, answers[0].Problem.Task is MathTask && told.Contains(answers[0].Problem.Kind));
            right = judged.Count(answer => answer.IsRight(budget));
            wrong = [.. judged.Where(answer => !answer.Reward.Right && answer.EndedWithin(budget) && answer.Reward.Answer is not null).GroupBy(answer => answer.Reward.Answer, (_, same) => same.Count())];
            silent = judged.Length - right - wrong.Sum();
        }

        public string Kind { get; }

        public int Count { get; }

        // Right answers of other tasks may differ from one another, and a vote would part them.
        public bool CanBeVotedOn { get; }

        public double ShareAt(int votes) => MajorityAtK.Of(right, wrong, silent, votes);
    }
}
