namespace RewardServer.Symbolics.Evaluation;

/// <summary>A complex number by balls for its parts; a real number has an imaginary part of exactly zero.</summary>
internal readonly record struct ComplexBall(Ball Real, Ball Imaginary)
{
    public static ComplexBall Unknown => new(Ball.Unknown, Ball.Unknown);

    public static ComplexBall Zero => Of(Ball.Zero);

    public static ComplexBall One => Of(Ball.One);

    public bool IsKnown => Real.IsKnown && Imaginary.IsKnown;

    public bool IsReal => IsKnown && Imaginary.IsExactZero;

    public bool IsExactZero => Real.IsExactZero && Imaginary.IsExactZero;

    /// <summary>Whether it is known not to be zero.</summary>
    public bool IsNonZero => IsKnown && (Real.IsNonZero || Imaginary.IsNonZero);

    public static ComplexBall Of(Ball real) => real.IsKnown ? new(real, Ball.Zero) : Unknown;

    public ComplexBall Negate() => new(Real.Negate(), Imaginary.Negate());

    public ComplexBall Conjugate() => this with { Imaginary = Imaginary.Negate() };

    /// <summary>Whether its bound is at most two to this power.</summary>
    public bool IsWithin(int power) => Real.IsWithin(power) && Imaginary.IsWithin(power);
}
