using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RewardServer.Jobs.Reports.Html;

/// <summary>HTML as it is put together: whatever is filled into the braces of a text is shown as text, never obeyed; numbers are written alike in every culture.</summary>
internal sealed class Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder text = new();

    /// <summary>Adds a text, with its holes encoded; what a hole holds of <see cref="Markup"/> is left as it is.</summary>
    public Markup Add(FormattableString format)
    {
        var holes = Array.ConvertAll(format.GetArguments(), hole => hole switch
        {
            Markup markup => (object)markup.ToString(),
            string plain => Encoded(plain),
            double number => number.ToString("0.##", CultureInfo.InvariantCulture),
            _ => Encoded(Convert.ToString(hole, CultureInfo.InvariantCulture) ?? ""),
        });
        text.AppendFormat(CultureInfo.InvariantCulture, format.Format, holes);
        return this;
    }

    /// <summary>Markup that is nothing but a text.</summary>
    public static Markup Of(FormattableString format) => new Markup().Add(format);

    /// <summary>One after the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts)
    {
        var joined = new Markup();
        foreach (var part in parts)
        {
            joined.text.Append(part.text);
        }

        return joined;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    // Models write anything: what no document may hold, or turns what follows around, becomes U+FFFD.
    private static string Encoded(string plain) => Encoder.Encode(string.Concat(plain.Select(character => IsHarmless(character) ? character : '\ufffd')));

    private static bool IsHarmless(char character) =>
        character is '\n' or '\t' || !(char.IsControl(character) || character is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\ufffe' or '\uffff');
}
