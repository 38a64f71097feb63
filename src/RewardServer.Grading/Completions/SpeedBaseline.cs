namespace RewardServer.Grading.Completions;

/// <summary>How fast a reference was, as it was recorded earlier and perhaps on another machine.</summary>
/// <param name="CpuSeconds">Its CPU time over the task's tests together, in seconds.</param>
/// <param name="LoopSeconds">The least CPU time of the calibration loop on the machine that it was recorded on, as <c>GET /v1/languages</c> tells it: it scales the one to the other.</param>
public sealed record SpeedBaseline(double CpuSeconds, double LoopSeconds);
