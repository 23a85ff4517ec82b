variable "rg_network" {
  description = "Name of the resource group"
  type        = string
  default     = "rg-network"
}
