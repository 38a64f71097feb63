namespace RewardServer.Sandboxing.Pooling;

/// <summary>How many sessions there may be: sequences of runs, and live interpreters.</summary>
/// <param name="most">The most at once.</param>
internal sealed class SessionPlaces(int most)
{
    private int taken;

    /// <summary>How many there are.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>Takes one.</summary>
    /// <exception cref="SandboxBusyException">All are taken.</exception>
    public void Take()
    {
        if (Interlocked.Increment(ref taken) > most)
        {
            GiveBack();
            throw new SandboxBusyException($"{most} sessions are open (Sandbox:MaxSessions); close one, or wait for an idle one to be closed.");
        }
    }

    /// <summary>Gives one back.</summary>
    public void GiveBack() => Interlocked.Decrement(ref taken);
}
