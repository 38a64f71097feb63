using RewardServer.Hosting;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>The file that <c>--problems</c> names.</summary>
internal static class ProblemFile
{
    /// <summary>Reads it; null where there is none.</summary>
    /// <exception cref="StartException">It cannot be used.</exception>
    public static async Task<ProblemSet?> ReadAsync(GradeArguments arguments, CancellationToken cancellation)
    {
        if (arguments.Problems is not { } path)
        {
            return null;
        }

        await using var file = OpenFile.Read("--problems", path);
        try
        {
            return await ProblemSet.ReadAsync(RowReader.ReadAsync(file, cancellation: cancellation), arguments.Map, cancellation: cancellation);
        }
        catch (InvalidDataException exception)
        {
            throw new StartException([$"--problems: {exception.Message}"]);
        }
    }
}
