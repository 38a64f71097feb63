using System.Text;

namespace RewardServer.Jobs.Reports.Comparing;

/// <summary>What is kept of a line for a comparison.</summary>
/// <param name="Id">The item's name.</param>
/// <param name="Row">The number of its row; null where the line names none.</param>
/// <param name="Sample">Which of the row's completions.</param>
/// <param name="Problem">The hash of its problem.</param>
/// <param name="Side">What the run found.</param>
internal sealed record ComparedLine(string Id, long? Row, long Sample, ulong Problem, LineSide Side)
{
    // Enough to see what changed; a line of results has the rest.
    private const int LongestText = 200;

    /// <summary>Of a line of results.</summary>
    public static ComparedLine Of(GradedLine line) => new(
        line.Id, line.Row, line.Sample, Building.TextHash.Of(line.Group), new(line.Outcome, line.Reward, line.Right, Beginning(line.Answer), Beginning(line.Reason)));

    /// <summary>What it is matched by.</summary>
    public (string Name, long Sample) Key(bool byRow) => (byRow ? $"{Row}" : Id, Sample);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Id);
        writer.Write(Row ?? -1);
        writer.Write(Sample);
        writer.Write(Problem);
        writer.Write(Side.Outcome);
        writer.Write(Side.Reward ?? double.NaN);
        writer.Write((byte)(Side.Right is null ? 0 : Side.Right == true ? 1 : 2));
        Write(writer, Side.Answer);
        Write(writer, Side.Reason);
    }

    /// <summary>All that were written.</summary>
    public static IEnumerable<ComparedLine> ReadAll(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length)
        {
            yield return Read(reader);
        }
    }

    private static ComparedLine Read(BinaryReader reader)
    {
        var (id, row, sample, problem) = (reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64());
        var (outcome, reward, right) = (reader.ReadString(), reader.ReadDouble(), reader.ReadByte());
        return new(id, row < 0 ? null : row, sample, problem,
            new(outcome, double.IsNaN(reward) ? null : reward, right == 0 ? null : right == 1, ReadText(reader), ReadText(reader)));
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static string? Beginning(string? text) => text is null || text.Length <= LongestText ? text : text[..LongestText] + "…";
}
