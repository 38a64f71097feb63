namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>Reads the body of an answer up to a bound: a judge may send without end.</summary>
internal static class BoundedBody
{
    /// <summary>The most bytes of an answer that are read.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>The whole body; null where it is longer than the bound.</summary>
    /// <exception cref="IOException">It broke off.</exception>
    public static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > MostBytes)
        {
            return null;
        }

        using var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (read.Length <= MostBytes)
        {
            var count = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                return read.ToArray();
            }

            read.Write(buffer, 0, count);
        }

        return null;
    }
}
