using System.Diagnostics;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>Waits for what comes by itself.</summary>
internal static class Waiting
{
    /// <summary>Asks until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed.TotalSeconds < 60, "never came");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
