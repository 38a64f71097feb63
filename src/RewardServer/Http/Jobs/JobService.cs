using RewardServer.Jobs.Dispatch;

namespace RewardServer.Http.Jobs;

/// <summary>Grades jobs for as long as the server runs.</summary>
internal sealed class JobService(JobDispatch dispatch, JobMetrics metrics) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(dispatch.RunAsync(stoppingToken), metrics.RunAsync(stoppingToken));
}
