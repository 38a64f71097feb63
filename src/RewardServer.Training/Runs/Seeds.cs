using RewardServer.Training.Rollouts;

namespace RewardServer.Training.Runs;

/// <summary>
/// Seeds of everything that is drawn in a run, from the run's own and from what it is for: nothing has to be kept for a run to go on as if it
/// had never stopped.
/// </summary>
internal static class Seeds
{
    /// <summary>A seed for a purpose, a step and a part of it.</summary>
    public static long Of(int run, Purpose purpose, int step, int part = 0)
    {
        var mixed = SplitMix64.Mix((ulong)run);
        mixed = SplitMix64.Mix(mixed ^ (ulong)purpose);
        mixed = SplitMix64.Mix(mixed ^ (uint)step);
        return (long)(SplitMix64.Mix(mixed ^ (uint)part) >> 1);
    }

    /// <summary>Random numbers for a purpose, a step and a part of it.</summary>
    public static Random Random(int run, Purpose purpose, int step, int part = 0) => new((int)(Of(run, purpose, step, part) & int.MaxValue));
}

/// <summary>What random numbers are for.</summary>
internal enum Purpose
{
    /// <summary>The parameters of a fresh policy.</summary>
    Parameters,

    /// <summary>Texts to pretrain on.</summary>
    Texts,

    /// <summary>Prompts of rollouts.</summary>
    Prompts,

    /// <summary>Tokens of rollouts.</summary>
    Rollouts,

    /// <summary>Held-out problems.</summary>
    HeldOut,

    /// <summary>Tokens of answers to held-out problems.</summary>
    Answers,

    /// <summary>The order of examples to be imitated.</summary>
    Examples,

    /// <summary>Problems whose texts are learned from.</summary>
    Given,

    /// <summary>The adapters of a policy.</summary>
    Adapters,
}
