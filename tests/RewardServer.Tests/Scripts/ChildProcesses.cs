using System.Globalization;

namespace RewardServer.Tests.Scripts;

/// <summary>The processes that run scripts for a server.</summary>
internal static class ChildProcesses
{
    /// <summary>Those of one parent.</summary>
    public static int[] Of(int parent) => [.. Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Stat(id) is [_, var its, ..] && its == parent.ToString(CultureInfo.InvariantCulture) && IsWorker(id))];

    /// <summary>Waits until a process is no more, or is only waited for by its parent.</summary>
    public static Task EndedAsync(int id) => UntilAsync(() => Stat(id) is not ["R" or "S" or "D" or "T", ..]);

    /// <summary>Waits until a process is no more, to the last of its threads, and its parent knows.</summary>
    public static Task GoneAsync(int id) => UntilAsync(() => Stat(id) is []);

    private static async Task UntilAsync(Func<bool> so)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!so())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    // What follows the name, which may hold anything: the state, the parent.
    private static string[] Stat(int id) => Read(id, "stat") is { Length: > 0 } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : [];

    private static bool IsWorker(int id) => Read(id, "cmdline").Contains("\0script-worker\0run\0", StringComparison.Ordinal);

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
