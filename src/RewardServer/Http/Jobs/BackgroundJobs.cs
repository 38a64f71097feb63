using RewardServer.Jobs.Dispatch;

namespace RewardServer.Http.Jobs;

/// <summary>Grades jobs until the server is told to stop: then, and not when all calls have ended, they are given back.</summary>
internal sealed class BackgroundJobs(JobDispatch dispatch, JobMetrics metrics, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await Task.WhenAll(dispatch.RunAsync(stopping.Token, stoppingToken), metrics.RunAsync(stoppingToken));
    }
}
