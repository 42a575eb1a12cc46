"""What a person sees and presses. A screen shows state and sends commands; it holds no rule."""
