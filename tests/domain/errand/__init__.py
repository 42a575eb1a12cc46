"""Tests of visits and deliveries to customers."""
