namespace RewardServer.Training.Rollouts;

/// <summary>The mixing of SplitMix64 (Steele, Lea and Flood 2014, figure 17): every bit of a number tells in every bit of what comes of it.</summary>
internal static class SplitMix64
{
    /// <summary>The next number of the stream after one.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
