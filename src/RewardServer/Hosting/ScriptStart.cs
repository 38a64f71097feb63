using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Scripting;

namespace RewardServer.Hosting;

/// <summary>Compiles the scripts of the configuration and starts their processes.</summary>
internal static class ScriptStart
{
    /// <exception cref="StartException">One of them cannot be read, compiled or loaded; everything that is wrong with all of them is told.</exception>
    public static async Task<ScriptSet> RunAsync(Settings settings, CancellationToken cancellation)
    {
        var (scripts, errors) = await ScriptSet.StartAsync(settings.Scripts, ScriptWorker.Command, TimeProvider.System, cancellation);
        return errors.IsEmpty ? scripts : throw new StartException([.. errors.Select(error => $"Scripts:{error}")]);
    }
}
