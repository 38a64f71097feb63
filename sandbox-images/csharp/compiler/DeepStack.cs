namespace RewardServer.CSharpCompiler;

/// <summary>A thread with room for sources that nest deeply: the parser recurses.</summary>
internal static class DeepStack
{
    private const int Bytes = 256 << 20;

    /// <summary>Runs it to its end; what it throws goes to <paramref name="failed"/>.</summary>
    /// <returns>Its result, or the default where it threw.</returns>
    public static T? Run<T>(Func<T> work, Action<Exception> failed)
    {
        T? result = default;
        Exception? thrown = null;

        // A thread of its own for each, as its end gives back what a deep source has touched.
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
#pragma warning disable CA1031 // Whatever it is, it is told to the caller.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    thrown = exception;
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
        if (thrown is not null)
        {
            failed(thrown);
        }

        return result;
    }
}
