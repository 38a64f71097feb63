using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Html;

/// <summary>Pieces that several sections are made of.</summary>
internal static class Pieces
{
    public static Markup Nothing { get; } = new();

    public static Markup Tile(string name, string value, string note) =>
        Markup.Of($"<div><span>{name}</span><strong>{value}</strong><small>{note}</small></div>\n");

    public static Markup Tiles(IEnumerable<Markup> tiles) => Markup.Of($"<section class=\"tiles\">\n{Markup.Join(tiles)}</section>\n");

    public static Markup Section(string title, Markup content) => Markup.Of($"<section>\n<h2>{title}</h2>\n{content}</section>\n");

    public static Markup Chart(string title, string note, Markup legend, Markup svg) =>
        Markup.Of($"<figure>\n<figcaption><h3>{title}</h3><p>{note}</p></figcaption>\n{legend}{svg}\n</figure>\n");

    public static Markup Legend(IEnumerable<(string Style, string Name, string Value)> entries) =>
        Markup.Of($"<ul class=\"legend\">{Markup.Join(entries.Select(entry => Markup.Of($"<li><i class=\"{entry.Style}\"></i>{entry.Name} <b>{entry.Value}</b></li>")))}</ul>\n");

    /// <summary>One bar of several parts, with its legend; none where there is nothing.</summary>
    public static Markup Stack(IReadOnlyList<(string Style, string Name, long Items)> parts)
    {
        var all = parts.Sum(part => part.Items);
        var bar = Markup.Join(parts.Where(part => part.Items > 0).Select(part => Markup.Of($"<i class=\"{part.Style}\" style=\"flex-grow:{part.Items}\" title=\"{part.Name}: {Figure.Count(part.Items)}\"></i>")));
        return all == 0 ? Nothing : Markup.Of($"<div class=\"stack\">{bar}</div>\n{Legend(parts.Select(part => (part.Style, part.Name, $"{Figure.Count(part.Items)} ({Figure.Share((double)part.Items / all)})")))}");
    }

    /// <summary>A table that a narrow screen moves from side to side.</summary>
    public static Markup Table(IEnumerable<Markup> heads, IEnumerable<Markup> rows) =>
        Markup.Of($"<div class=\"scroll\"><table>\n<thead><tr>{Markup.Join(heads)}</tr></thead>\n<tbody>\n{Markup.Join(rows)}</tbody>\n</table></div>\n");

    /// <summary>Heads of columns that hold texts.</summary>
    public static IEnumerable<Markup> Heads(params string[] names) => names.Select(name => Markup.Of($"<th scope=\"col\">{name}</th>"));

    /// <summary>Heads of columns that hold numbers.</summary>
    public static IEnumerable<Markup> NumberHeads(params string[] names) => names.Select(name => Markup.Of($"<th scope=\"col\" class=\"number\">{name}</th>"));

    /// <summary>A share with its interval, drawn from 0 to 1.</summary>
    public static Markup Track(Interval share, string style) =>
        Markup.Of($"<div class=\"track\" title=\"{Figure.Percents(share)}\"><i class=\"range {style}\" style=\"left:{100 * (share.Low ?? share.Mean)}%;width:{100 * ((share.High - share.Low) ?? 0)}%\"></i><i class=\"point {style}\" style=\"left:{100 * share.Mean}%\"></i></div>");

    /// <summary>A bar that fills a share of its cell.</summary>
    public static Markup Fill(double share, string style) =>
        Markup.Of($"<div class=\"fill\"><i class=\"{style}\" style=\"width:{100 * share}%\"></i></div>");
}
