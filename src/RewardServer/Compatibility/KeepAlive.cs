namespace RewardServer.Compatibility;

/// <summary>Keeps clients that give up after some seconds of silence: with white space, which JSON permits before a value. The status is 200 then.</summary>
internal static class KeepAlive
{
    /// <summary>
    /// Sends a byte after each silence until the work has ended, well or not. Where the client is gone it sends nothing more, and waits all the
    /// same: the work uses the request, and what was reserved for it, to its end.
    /// </summary>
    /// <param name="http">The call.</param>
    /// <param name="work">What the client waits for; it ends early where the client is gone.</param>
    /// <param name="silence">After how much silence a byte comes.</param>
    /// <param name="sign">The byte.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Whether the answer has begun by that.</returns>
    public static async Task<bool> WaitAsync(HttpContext http, Task work, TimeSpan silence, char sign, TimeProvider time)
    {
        var (begun, mark) = (false, new[] { (byte)sign });
        while (!await EndsWithinAsync(work, silence, time))
        {
            if (http.RequestAborted.IsCancellationRequested)
            {
                // Who awaits the work itself reads how it ended.
                await Task.WhenAny(work);
                return begun;
            }

            if (!begun)
            {
                http.Response.ContentType = "application/json; charset=utf-8";
            }

            begun = true;
            // A write to a client that is gone is dropped.
            await http.Response.Body.WriteAsync(mark, CancellationToken.None);
            await http.Response.Body.FlushAsync(CancellationToken.None);
        }

        return begun;
    }

    private static async Task<bool> EndsWithinAsync(Task work, TimeSpan silence, TimeProvider time)
    {
        using var over = new CancellationTokenSource();
        var ended = await Task.WhenAny(work, Task.Delay(silence, time, over.Token)) == work;
        await over.CancelAsync();
        return ended;
    }
}
