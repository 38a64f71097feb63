using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Compatibility.SandboxFusion.Jupyter;

/// <summary>Waits for a place where all sessions are taken: those of other calls end soon.</summary>
internal static class PlacesForInterpreters
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>Opens an interpreter as soon as there is a place.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<PythonInterpreter> OpenAsync(SandboxPool sandbox, InterpreterRequest request, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return sandbox.Interpreters.Open(request);
            }
            catch (SandboxBusyException)
            {
                await Task.Delay(BetweenTries, time, cancellation);
            }
        }
    }
}
