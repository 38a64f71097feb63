using System.Globalization;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>An end of a range: a number, or one that rises with the test's size: "size", "2*size+1", "-size".</summary>
/// <param name="TimesSize">What the size is multiplied by.</param>
/// <param name="Plus">What is added.</param>
internal readonly partial record struct Bound(double TimesSize, double Plus)
{
    // Up to it every whole number is exact, in JSON and in every language.
    private const double Largest = 9007199254740991;

    /// <summary>Whether it is a whole number at every size.</summary>
    public bool IsWhole => double.IsInteger(TimesSize) && double.IsInteger(Plus);

    /// <summary>Its value.</summary>
    public double At(long size) => (TimesSize * size) + Plus;

    /// <summary>Reads one.</summary>
    /// <returns>Null where it is none.</returns>
    public static Bound? Read(string text)
    {
        var dense = text.Replace(" ", "", StringComparison.Ordinal);
        var form = Form().Match(dense);
        var bound = form.Success
            ? new Bound(
                Factor(form.Groups["times"].Value) * Factor(form.Groups["more"].Value) * (form.Groups["minus"].Length > 0 ? -1 : 1),
                form.Groups["plus"].Length > 0 ? double.Parse(form.Groups["plus"].Value, CultureInfo.InvariantCulture) : 0)
            : double.TryParse(dense, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new Bound(0, number)
            : (Bound?)null;
        return bound is { } read && Math.Abs(read.Plus) <= Largest ? read : null;
    }

    private static double Factor(string text) => text.Length > 0 ? double.Parse(text, CultureInfo.InvariantCulture) : 1;

    [GeneratedRegex(@"^(?:(?<times>-?\d{1,6})\*)?(?<minus>-?)size(?:\*(?<more>\d{1,2}))?(?<plus>[+-]\d{1,15})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>From one bound to another.</summary>
/// <param name="Least">The lower.</param>
/// <param name="Most">The upper.</param>
internal readonly record struct BoundRange(Bound Least, Bound Most)
{
    /// <summary>From 0 to the test's size: how long lists and texts are where nothing is said.</summary>
    public static BoundRange UpToSize { get; } = new(new(0, 0), new(1, 0));

    /// <summary>How many whole numbers are in it.</summary>
    public double Count(long size) => Most.At(size) - Least.At(size) + 1;

    /// <summary>A whole number in it; an end of it for an extreme.</summary>
    public long Draw(Draw draw)
    {
        var (least, most) = ((long)Least.At(draw.Size), (long)Most.At(draw.Size));
        return draw.Extreme switch
        {
            Extreme.Smallest => least,
            Extreme.Largest => most,
            _ => draw.Random.Between(least, most),
        };
    }

    /// <summary>What is wrong with it at a size.</summary>
    public IEnumerable<string> Errors(long size)
    {
        if (!(Least.At(size) <= Most.At(size)))
        {
            yield return FormattableString.Invariant($"the range from {Least.At(size)} to {Most.At(size)} is empty at size {size}");
        }
    }

    /// <summary>What is wrong with it as a range of lengths.</summary>
    public IEnumerable<string> LengthErrors(long size) =>
        Least.At(size) < 0 ? [FormattableString.Invariant($"a length of {Least.At(size)} at size {size}")] : Errors(size);
}
