namespace RewardServer.Jobs.Rows;

/// <summary>Finds where records of comma-separated values end (RFC 4180): at an end of line that no quotes enclose. A quote opens a field at its beginning alone.</summary>
internal sealed class CsvEnds : IRecordEnds
{
    private Place place = Place.Beginning;
    private bool isAfterReturn;

    private enum Place
    {
        Beginning,
        Plain,
        Quoted,

        // A quote in a quoted field: its end, or the first of two that stand for one.
        Quote,
    }

    /// <summary>How many lines have ended, those in quoted fields too.</summary>
    public long Lines { get; private set; }

    /// <summary>Whether a quoted field is open.</summary>
    public bool IsQuoted => place == Place.Quoted;

    public int Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            var further = place switch
            {
                Place.Plain => bytes[at..].IndexOfAny((byte)',', (byte)'\n', (byte)'\r'),
                Place.Quoted => bytes[at..].IndexOfAny((byte)'"', (byte)'\n', (byte)'\r'),
                _ => 0,
            };
            if (further < 0)
            {
                isAfterReturn = false;
                return -1;
            }

            isAfterReturn &= further == 0;
            at += further;
            if (Ends(bytes[at]))
            {
                return at;
            }
        }

        return -1;
    }

    private bool Ends(byte mark)
    {
        var isEnd = mark is (byte)'\n' or (byte)'\r';
        // The two of one end of line count once.
        Lines += isEnd && !(mark == (byte)'\n' && isAfterReturn) ? 1 : 0;
        isAfterReturn = mark == (byte)'\r';
        var wasQuoted = place == Place.Quoted;
        place = (place, mark) switch
        {
            (Place.Quoted, (byte)'"') => Place.Quote,
            (Place.Quoted, _) or (Place.Quote, (byte)'"') or (Place.Beginning, (byte)'"') => Place.Quoted,
            (_, (byte)',') => Place.Beginning,
            _ => isEnd ? Place.Beginning : Place.Plain,
        };
        return isEnd && !wasQuoted;
    }
}
