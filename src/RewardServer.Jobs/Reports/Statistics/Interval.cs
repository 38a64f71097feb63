namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>A mean with the interval that holds it with a confidence of 95%.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The interval's lower end; null where nothing is known of it, as by a single problem.</param>
/// <param name="High">Its upper end; null with the lower.</param>
public sealed record Interval(double Mean, double? Low, double? High);
