"""The service assistance form (服务协助流转单): its content, seals, picture and examination."""
