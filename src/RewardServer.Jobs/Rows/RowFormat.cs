namespace RewardServer.Jobs.Rows;

/// <summary>How the rows of a file are written.</summary>
public enum RowFormat
{
    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>Comma-separated values with a header (RFC 4180).</summary>
    Csv,
}
