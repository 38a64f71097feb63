using RewardServer.Grading.Rubrics.Library;

namespace RewardServer.Hosting;

/// <summary>Looks into the owner's folder of rubrics once a second, and tells the log what has changed.</summary>
/// <remarks>A look, not a watch: notifications of changes are lost on network file systems and in containers' mounts.</remarks>
public sealed class RubricReloading(RubricLibrary library, TimeProvider time, ILogger<RubricReloading> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (library.Reload())
                {
                    Tell();
                }
            }
            catch (Exception exception)
            {
                // A bug of ours must not end the server: what was read before stays in use.
                log.LogError(exception, "A fault of the server while rubrics were read again");
            }
        }
    }

    private void Tell()
    {
        log.LogInformation("Rubrics were read again; there are: {Names}", string.Join(", ", library.Names));
        foreach (var problem in library.Problems)
        {
            log.LogWarning("Rubrics: {Problem}", RubricProblems.Describe(problem));
        }
    }
}
