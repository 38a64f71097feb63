using System.Runtime.CompilerServices;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>What is kept of a line: a fixed number of bytes. In their order those of one problem stand together, and equal answers in it.</summary>
internal struct LineRecord : IComparable<LineRecord>
{
    /// <summary>The hash of its problem.</summary>
    public ulong Problem;

    /// <summary>The hash of its answer; 0 for none.</summary>
    public ulong Answer;

    /// <summary>Its reward; 0 where it has none.</summary>
    public double Reward;

    /// <summary>What is true of it.</summary>
    public LineFlags Flags;

    /// <summary>The number of its value in each column; 0 where it has none.</summary>
    public ColumnValues Values;

    public readonly bool Is(LineFlags flag) => (Flags & flag) != 0;

    /// <summary>A whole order: the report does not depend on the order of the lines.</summary>
    public readonly int CompareTo(LineRecord other)
    {
        var order = Problem.CompareTo(other.Problem);
        order = order != 0 ? order : ((byte)Flags).CompareTo((byte)other.Flags);
        order = order != 0 ? order : Answer.CompareTo(other.Answer);
        order = order != 0 ? order : Reward.CompareTo(other.Reward);
        return order != 0 ? order : ((ReadOnlySpan<byte>)Values).SequenceCompareTo((ReadOnlySpan<byte>)other.Values);
    }
}

/// <summary>What is true of a line.</summary>
[Flags]
internal enum LineFlags : byte
{
    /// <summary>It has a reward.</summary>
    Scored = 1,

    /// <summary>It is right.</summary>
    Right = 2,

    /// <summary>Its answer can be voted on.</summary>
    Votes = 4,
}

/// <summary>A number for each column.</summary>
[InlineArray(ReportOptions.MostColumns)]
internal struct ColumnValues
{
    private byte first;
}
