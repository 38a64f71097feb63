namespace RewardServer.Hosting;

/// <summary>The server cannot start as it was asked to; the messages say why and what to do.</summary>
/// <param name="errors">Everything that is wrong.</param>
public sealed class StartException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
