using System.Numerics;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>
/// Looks for a solution of a problem: the variable with the fewest values first, and after each choice what follows from it alone. Steps
/// bound it, not time, so that the same problem is decided alike everywhere.
/// </summary>
internal sealed class Search
{
    private readonly Problem problem;
    private readonly int[][] peers;
    private readonly Condition[][] conditions;
    private long steps;

    private Search(Problem problem, long steps)
    {
        (this.problem, this.steps) = (problem, steps);
        var count = problem.Domains.Length;
        var different = problem.Rules.Select(rule => rule.Condition).OfType<Different>().ToArray();
        var others = problem.Rules.Select(rule => rule.Condition).Where(condition => condition is not Different).ToArray();
        peers = ByVariable<int>(different, count, (condition, variable) => condition.Variables.Where(other => other != variable));
        conditions = ByVariable<Condition>(others, count, (condition, _) => [condition]);
    }

    /// <summary>Whether there is a solution; null where the steps did not suffice to tell.</summary>
    public static bool? HasSolution(Problem problem, long steps) => new Search(problem, steps).Run();

    private static T[][] ByVariable<T>(IEnumerable<Condition> all, int count, Func<Condition, int, IEnumerable<T>> of)
    {
        var lists = Enumerable.Range(0, count).Select(_ => new HashSet<T>()).ToArray();
        foreach (var condition in all)
        {
            foreach (var variable in condition.Variables)
            {
                lists[variable].UnionWith(of(condition, variable));
            }
        }

        return [.. lists.Select(list => list.ToArray())];
    }

    private bool? Run()
    {
        var state = new State([.. problem.Domains]);
        var settled = new Stack<int>();
        for (var i = 0; i < problem.Domains.Length; i++)
        {
            if (!state.Narrow(i, ulong.MaxValue, settled))
            {
                return false;
            }
        }

        return problem.Rules.All(rule => Follow(rule.Condition, state, settled)) && Settle(state, settled) ? Explore(state) : steps < 0 ? null : false;
    }

    private bool? Explore(State state)
    {
        var variable = state.Narrowest();
        steps -= state.Domains.Length;
        if (variable < 0)
        {
            return true;
        }

        for (var open = state.Domains[variable]; open != 0; open &= open - 1)
        {
            var (next, settled) = (state.Copy(), new Stack<int>());
            next.Narrow(variable, open & ~(open - 1), settled);
            var found = Settle(next, settled) ? Explore(next) : false;
            if (found == true || steps < 0)
            {
                return found == true ? true : null;
            }
        }

        return false;
    }

    // Takes what is settled from others, until nothing follows any more; false where something cannot be.
    private bool Settle(State state, Stack<int> settled)
    {
        while (settled.TryPop(out var variable))
        {
            var taken = ~(1UL << state.Values[variable]);
            steps -= peers[variable].Length;
            foreach (var peer in peers[variable])
            {
                if (!state.Narrow(peer, taken, settled))
                {
                    return false;
                }
            }

            foreach (var condition in conditions[variable])
            {
                if (steps < 0 || !Follow(condition, state, settled))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // A condition that waits for one variable leaves it the values with which it holds.
    private bool Follow(Condition condition, State state, Stack<int> settled)
    {
        steps -= condition.Cost;
        if (condition.Holds(state.Values) is { } holds)
        {
            return holds;
        }

        if (OnlyOpen(condition, state) is not (>= 0 and var open))
        {
            return true;
        }

        var left = 0UL;
        for (var values = state.Domains[open]; values != 0; values &= values - 1)
        {
            state.Values[open] = BitOperations.TrailingZeroCount(values);
            left |= condition.Holds(state.Values) == true ? values & ~(values - 1) : 0;
            steps -= condition.Cost;
        }

        state.Values[open] = Condition.Unknown;
        return state.Narrow(open, left, settled);
    }

    private static int OnlyOpen(Condition condition, State state)
    {
        var only = -1;
        foreach (var variable in condition.Variables)
        {
            if (state.Values[variable] == Condition.Unknown)
            {
                if (only >= 0)
                {
                    return -1;
                }

                only = variable;
            }
        }

        return only;
    }

    private sealed class State(ulong[] domains)
    {
        public ulong[] Domains { get; } = domains;

        public int[] Values { get; private init; } = [.. Enumerable.Repeat(Condition.Unknown, domains.Length)];

        public State Copy() => new([.. Domains]) { Values = [.. Values] };

        /// <summary>Leaves a variable only some values, and says where one alone is left; false where none is.</summary>
        public bool Narrow(int variable, ulong kept, Stack<int> settled)
        {
            Domains[variable] &= kept;
            if (BitOperations.IsPow2(Domains[variable]) && Values[variable] == Condition.Unknown)
            {
                Values[variable] = BitOperations.TrailingZeroCount(Domains[variable]);
                settled.Push(variable);
            }

            return Domains[variable] != 0;
        }

        /// <summary>The open variable with the fewest values, the first of them; -1 where none is open.</summary>
        public int Narrowest()
        {
            var (best, fewest) = (-1, int.MaxValue);
            for (var i = 0; i < Domains.Length; i++)
            {
                var count = BitOperations.PopCount(Domains[i]);
                if (Values[i] == Condition.Unknown && count < fewest)
                {
                    (best, fewest) = (i, count);
                }
            }

            return best;
        }
    }
}
