using System.Text.Json;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>
/// Who calls, told by the members that each puts into a row. They differ in what they make of an answer of status 200 with a failure in it:
/// NeMo-Gym's own collection keeps it apart (<c>_ng_failure_class</c>), NeMo-RL masks it (<c>instance_config.mask_sample</c>), and
/// verifiers, which prime-rl uses, would train on its reward.
/// </summary>
internal enum GymCaller
{
    /// <summary>Anyone else, verifiers among them: a failure must be an HTTP error.</summary>
    Other,

    /// <summary>NeMo-Gym's collection of rollouts (nemo_gym/rollout_collection.py), which numbers tasks and rollouts.</summary>
    Collection,

    /// <summary>NeMo-RL (nemo_rl/experience), which numbers the rows of a batch.</summary>
    NemoRl,
}

/// <summary>Tells callers apart.</summary>
internal static class GymCallers
{
    /// <summary>The caller of a row.</summary>
    public static GymCaller Of(IReadOnlyDictionary<string, JsonElement> row) =>
        row.ContainsKey("_rowidx") ? GymCaller.NemoRl
        : row.ContainsKey("_ng_rollout_index") ? GymCaller.Collection
        : GymCaller.Other;

    /// <summary>
    /// How long a verdict may take, the wait for a place included. NeMo-Gym's own client has no time-out, and what it gets late costs less than a rollout that is
    /// made anew; verifiers waits 60 s (<c>request_timeout</c>).
    /// </summary>
    public static TimeSpan Patience(this GymCaller caller) => caller == GymCaller.Other ? TimeSpan.FromSeconds(50) : TimeSpan.FromMinutes(5);

    /// <summary>Whether it waits on where as many calls wait as may: a collection keeps what is refused as failed, and does not come again by itself.</summary>
    public static bool OutlastsQueue(this GymCaller caller) => caller == GymCaller.Collection;
}
